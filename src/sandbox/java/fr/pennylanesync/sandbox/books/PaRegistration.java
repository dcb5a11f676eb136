package fr.pennylanesync.sandbox.books;

/** A registration at the e-invoicing platform. */
public record PaRegistration(long id, Stamps stamps, String siret, String siren, String status, String direction)
        implements Row {}
