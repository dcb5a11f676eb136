package fr.pennylanesync.console;

/**
 * Something that somebody should look at, although everything else goes on.
 *
 * @param code stable, for alarms
 * @param subject which company, stream or file
 * @param remedy what to do
 */
public record Warning(String code, String subject, String remedy) {}
