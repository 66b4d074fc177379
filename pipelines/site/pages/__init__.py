"""One module a group of pages: `pages(answers)` yields them."""
