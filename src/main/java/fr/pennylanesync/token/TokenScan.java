package fr.pennylanesync.token;

import fr.pennylanesync.failure.ErrorCode;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Holds what the token directory held at one moment.
 *
 * @param files by alias, in order
 * @param fault set when the directory itself cannot be used: then nothing is known about any file, and nothing follows
 * from their absence
 */
public record TokenScan(SortedMap<String, TokenFile> files, Optional<ErrorCode> fault) {

    public TokenScan {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    static TokenScan of(Map<String, TokenFile> files) {
        return new TokenScan(new TreeMap<>(files), Optional.empty());
    }

    static TokenScan failed(ErrorCode fault) {
        return new TokenScan(new TreeMap<>(), Optional.of(fault));
    }

    /** The usable token of an alias, if there is one. */
    public Optional<TokenFile.Usable> usable(String alias) {
        return files.get(alias) instanceof TokenFile.Usable file ? Optional.of(file) : Optional.empty();
    }
}
