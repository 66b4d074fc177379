"""The dashboard: a static site made from the build file, which opens from disk and asks no network.

`site.build` runs the queries of `sql/`, hands their answers to the page modules of `pages/`, and renders `templates/`.
A page module decides what is shown and says in a sentence what the rows show; it never holds a number of its own.
"""
