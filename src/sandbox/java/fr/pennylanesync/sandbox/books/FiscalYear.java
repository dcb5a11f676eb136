package fr.pennylanesync.sandbox.books;

import java.time.LocalDate;

/** A fiscal year, both days included. */
public record FiscalYear(long id, Stamps stamps, LocalDate start, LocalDate finish, String status) implements Row {

    public FiscalYear withStatus(String newStatus, Stamps newStamps) {
        return new FiscalYear(id, newStamps, start, finish, newStatus);
    }
}
