package fr.pennylanesync.sandbox.share;

import fr.pennylanesync.sandbox.books.Stamps;

/**
 * What an entry was booked for: an invoice or, where there is none, the entry itself.
 *
 * @param link a link that carries its own permission; null for none
 * @param thirdParty null for none
 */
record Document(long id, Stamps stamps, String label, String invoiceNumber, String pieceReference, String link,
        ThirdParty thirdParty, String createdBy) {}
