package fr.pennylanesync.share;

/** One row as it was read: to be landed, or to be set aside. */
public sealed interface ReadRow permits ShareRow, SetAsideRow {}
