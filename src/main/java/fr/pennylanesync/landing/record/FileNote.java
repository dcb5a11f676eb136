package fr.pennylanesync.landing.record;

import java.util.Optional;

/**
 * A file field of a received record that held a URL. The URL itself goes no further.
 *
 * @param field the dotted path of the URL
 * @param name the file's name, as storable text
 */
public record FileNote(String field, Optional<String> name) {}
