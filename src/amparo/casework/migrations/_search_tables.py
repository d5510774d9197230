"""The tables of words that the desk's search reads, for both databases; never changed once released."""

from __future__ import annotations

from typing import Any

SQLITE = (
    """CREATE VIRTUAL TABLE casework_searchwords USING fts5(
        kind, title, names, places, body, content='casework_searchentry', content_rowid='id',
        tokenize='unicode61 remove_diacritics 2', prefix='3 4')""",
    """CREATE TRIGGER casework_searchentry_new AFTER INSERT ON casework_searchentry BEGIN
        INSERT INTO casework_searchwords(rowid, kind, title, names, places, body)
        VALUES (new.id, new.kind, new.title, new.names, new.places, new.body); END""",
    """CREATE TRIGGER casework_searchentry_gone AFTER DELETE ON casework_searchentry BEGIN
        INSERT INTO casework_searchwords(casework_searchwords, rowid, kind, title, names, places, body)
        VALUES ('delete', old.id, old.kind, old.title, old.names, old.places, old.body); END""",
    """CREATE TRIGGER casework_searchentry_changed AFTER UPDATE ON casework_searchentry BEGIN
        INSERT INTO casework_searchwords(casework_searchwords, rowid, kind, title, names, places, body)
        VALUES ('delete', old.id, old.kind, old.title, old.names, old.places, old.body);
        INSERT INTO casework_searchwords(rowid, kind, title, names, places, body)
        VALUES (new.id, new.kind, new.title, new.names, new.places, new.body); END""",
)
# A text of very many different words can be too long for one vector; then as much of it is kept as fits.
POSTGRESQL = (
    "ALTER TABLE casework_searchentry ADD COLUMN vector tsvector",
    """CREATE FUNCTION casework_searchentry_vector() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE size integer := 4000000;
    BEGIN
        LOOP
            BEGIN
                NEW.vector := setweight(to_tsvector('simple', NEW.title), 'A')
                    || setweight(to_tsvector('simple', NEW.names), 'B')
                    || setweight(to_tsvector('simple', NEW.places), 'C')
                    || to_tsvector('simple', left(NEW.body, size));
                RETURN NEW;
            EXCEPTION WHEN program_limit_exceeded THEN
                size := size / 2;
            END;
        END LOOP;
    END $$""",
    """CREATE TRIGGER casework_searchentry_words BEFORE INSERT OR UPDATE OF title, names, places, body
        ON casework_searchentry FOR EACH ROW EXECUTE FUNCTION casework_searchentry_vector()""",
    "CREATE INDEX casework_searchentry_vector ON casework_searchentry USING gin (vector)",
)


def make_index(apps: Any, schema_editor: Any) -> None:
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop_index(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION casework_searchentry_vector() CASCADE")
    else:
        schema_editor.execute("DROP TABLE casework_searchwords")
