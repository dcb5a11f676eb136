package fr.pennylanesync.sandbox.books;

/** The free texts of a sales document. */
public record Wording(String label, String subject, String freeText, String description, String specialMention) {

    public Wording withLabel(String newLabel) {
        return new Wording(newLabel, subject, freeText, description, specialMention);
    }
}
