"""`make docs`: writes docs/keys.md and docs/pictures/ anew from the program as it stands."""

from docs import keys, pictures

keys.FILE.write_text(keys.sheet(), encoding="utf-8")
pictures.make()
