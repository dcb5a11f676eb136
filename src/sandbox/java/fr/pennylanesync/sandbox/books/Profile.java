package fr.pennylanesync.sandbox.books;

import java.time.LocalDate;

/**
 * Who the company is.
 *
 * @param owner the person behind the token, null where the API shows no user
 * @param proAccount whether it has the Pro Account; the API answers 404 on its lists otherwise
 * @param booksEnd the last day the books were written for
 */
public record Profile(long id, String name, String alias, CompanyNumbers numbers, PersonName owner, String email,
        boolean proAccount, String accountingLogic, LocalDate booksEnd) {}
