package fr.pennylanesync.archive.parser;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads an XML file to its end. No entity is followed, no definition read. */
final class XmlParse {

    private XmlParse() {}

    static ParserVerdict of(Path file) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (InputStream content = Files.newInputStream(file)) {
            XMLStreamReader reader = factory.createXMLStreamReader(content);
            while (reader.hasNext()) {
                reader.next();
            }
            return ParserVerdict.STRICT;
        } catch (XMLStreamException | RuntimeException malformed) {
            // The JDK's reader has no message for some faults, and throws what it finds in its place.
            return ParserVerdict.UNREADABLE;
        }
    }
}
