package fr.pennylanesync.api;

import java.io.IOException;
import java.io.Serial;

/** Says, inside the HTTP client, that an answer was abandoned because its total time was over. */
final class TotalTimeExceededException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;
}
