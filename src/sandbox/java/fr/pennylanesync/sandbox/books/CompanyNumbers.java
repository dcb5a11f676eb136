package fr.pennylanesync.sandbox.books;

/** The official numbers of a French company: SIREN (9 digits), SIRET (14 digits) and intra-community VAT number. */
public record CompanyNumbers(String siren, String siret, String vatNumber) {

    /** The numbers of someone who has none: empty texts, as the API serves them. */
    public static final CompanyNumbers NONE = new CompanyNumbers("", "", "");
}
