// The Performance room.
