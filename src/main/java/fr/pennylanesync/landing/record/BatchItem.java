package fr.pennylanesync.landing.record;

/** One row of a page as a batch takes it: a record, clean, canonical and hashed, or an event of a changelog. */
public sealed interface BatchItem permits StreamRecord, ChangeEvent {}
