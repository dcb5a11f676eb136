package fr.pennylanesync.camel;

/** Stands where the rules of the books do. */
public final class FakeBooks {

    private final StepCalls calls;

    FakeBooks(StepCalls calls) {
        this.calls = calls;
    }

    public void ask() {
        calls.call("books ask");
    }

    public void tell() {
        calls.call("books tell");
    }
}
