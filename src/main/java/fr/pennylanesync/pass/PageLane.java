package fr.pennylanesync.pass;

/** A lane that reads Pennylane's API, page by page. */
interface PageLane extends Lane, OpenRead {

    @Override
    default long companyId() {
        return checkpoint().companyId();
    }
}
