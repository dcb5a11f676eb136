package fr.pennylanesync.lint;

import fr.pennylanesync.stream.FactsFault;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file's URL expires and carries its own permission: it is asked for anew right before the download and kept nowhere.
 */
final class NoFileUrls implements FileRule {

    private static final Pattern FIELD =
            Pattern.compile("\\b\\w*file_?url\\b|\\battachment\\.url\\b", Pattern.CASE_INSENSITIVE);

    /** A stream file names these fields to have them taken out; what it does with them is checked with its facts. */
    @Override
    public Stream<FactsFault> check(RouteFile file) {
        if (file.folder() == Folder.STREAMS) {
            return Stream.empty();
        }
        return file.texts().filter(text -> FIELD.matcher(text.text()).find())
                .map(text -> file.fault(text, "a file's URL is kept",
                        "declare the field below `files:` of its stream: the archive asks for a fresh one"));
    }
}
