"""Who the person of a case is: name, register number and birth, corrected where they are shown."""

from __future__ import annotations

from django.db import transaction

from amparo.casework import search
from amparo.casework.history import seal
from amparo.casework.models import Case, User
from amparo.casework.permissions import cases_for, require
from amparo.errors import IncompleteEntry, NotAllowed, Shredded


@transaction.atomic
def correct_particulars(case_id: int, *, person: str, register_number: str, born: str, by: User) -> Case:
    """Correct the name, the register number and the birth of the person a case is about.

    Papers composed before keep what they say until they are composed again; their pages tell so.

    Args:
        case_id: which.
        person: the full name.
        register_number: as the facility writes it; empty when it is not known.
        born: day of birth, in words; empty when it is not known.
        by: who corrects it.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        IncompleteEntry: no name is given.
        Shredded: nothing is left of it.
    """
    require(by, "edit-case")
    case = cases_for(by).select_for_update(of=("self",)).filter(pk=case_id).first()
    if case is None:
        raise NotAllowed(verb="edit-case")
    if case.shredded_at is not None:
        raise Shredded
    if not person.strip():
        raise IncompleteEntry(field="person")
    given = {
        "person": " ".join(person.split())[:200], "register_number": " ".join(register_number.split())[:40],
        "born": " ".join(born.split())[:60],
    }  # fmt: skip
    changed = [name for name, value in given.items() if getattr(case, name) != value]
    if changed:
        for name in changed:
            setattr(case, name, given[name])
        case.save(update_fields=changed)
        search.index_case(case)
        seal("case.particulars-corrected", by=by, team=case.team, subject=f"case:{case.pk}",
             details={"fields": changed})  # fmt: skip
    return case
