package fr.pennylanesync.sandbox.api;

/** What may go wrong with the page of a list. */
@FunctionalInterface
public interface PageFaults {

    PageFaults NONE = (call, page) -> page;

    ListPage apply(ApiCall call, ListPage page);
}
