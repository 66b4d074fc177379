"""Files to documents: HTML, plain text, Markdown, JSON, CSV, XLSX, DOCX and PDF.

`read(content, name=…, url=…, content_type=…) -> Document` sniffs the format from the first bytes, then the
declared type, then the name; a file that cannot be read raises `UnreadableFile` with one line naming it.
"""
