// The Reference room.
