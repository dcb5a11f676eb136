package fr.pennylanesync.cli;

/** Entry point of {@code pennylane-sync.jar}. */
public final class PennylaneSync {

    private PennylaneSync() {}

    public static void main(String[] args) {
        System.out.println("pennylane-sync");
    }
}
