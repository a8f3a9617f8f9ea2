"""The screens. They read frozen values, show them, and hand what is typed to the store."""
