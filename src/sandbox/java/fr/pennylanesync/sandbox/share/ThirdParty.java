package fr.pennylanesync.sandbox.share;

import fr.pennylanesync.sandbox.books.LedgerAccount;

/** A customer or supplier behind a ledger line, and its account. */
record ThirdParty(long id, LedgerAccount account) {}
