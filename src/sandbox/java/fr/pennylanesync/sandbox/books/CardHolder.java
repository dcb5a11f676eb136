package fr.pennylanesync.sandbox.books;

/** Who paid with which Pro Account card. The employee's name is absent where the card is not personal. */
public record CardHolder(long employeeId, PersonName employee, String maskedNumber) {}
