"""`python -m warehouse.schema`: writes the generated files and names those that changed."""

from pathlib import Path

from warehouse.schema.generate import write

if __name__ == "__main__":
    for path in write(Path()):
        print(path)
