"""What kind of paper a text is: genre, sentences, headlines, the day of writing, mail headers, filler."""
