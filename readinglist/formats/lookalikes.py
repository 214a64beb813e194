"""What a text that we cannot read looks like, in the words a person would use."""


def look_of(text: str) -> str:
    """What the text looks like, such as "a BibTeX file"."""
    return "a BibTeX file" if text.lstrip().startswith("@") else "a text of another kind"
