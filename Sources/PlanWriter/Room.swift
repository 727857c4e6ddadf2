/// Placeholder of the room.
