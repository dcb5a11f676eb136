package fr.pennylanesync.camel;

/** Stands where the rules of the books do, or the rereads. */
public final class FakeBooks {

    private final StepCalls calls;
    private final String name;

    FakeBooks(StepCalls calls, String name) {
        this.calls = calls;
        this.name = name;
    }

    public void ask() {
        calls.call(name + " ask");
    }

    public void tell() {
        calls.call(name + " tell");
    }
}
