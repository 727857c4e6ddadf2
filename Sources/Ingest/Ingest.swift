// The Ingest room.
