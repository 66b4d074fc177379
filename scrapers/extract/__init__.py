"""Documents to facts. Each module offers `read(document, context) -> Iterator[Record | Issue]`, pure."""
