package fr.pennylanesync.sandbox.api;

/** What may go wrong with the page of a list. */
@FunctionalInterface
public interface PageFaults {

    PageFaults NONE = (call, page) -> page;

    ListPage apply(ApiCall call, ListPage page);

    /** Tells whether what comes along with the records of a list lacks the last of each. */
    default boolean cutsIncluded(ApiCall call) {
        return false;
    }
}
