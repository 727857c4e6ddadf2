// The Notebook room.
