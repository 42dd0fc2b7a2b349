"""HTTP: pages, forms and their addresses. The only folder that imports Flask."""
