package fr.pennylanesync.failure;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Finds the enums of codes by themselves, so that a new one cannot be forgotten. */
final class ErrorCodes {

    static final JavaClasses MAIN = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("fr.pennylanesync");

    private ErrorCodes() {}

    /** The enums, in the order of their names. */
    static List<Class<?>> enums() {
        return MAIN.stream().filter(JavaClass::isEnum).filter(type -> type.isAssignableTo(ErrorCode.class))
                .<Class<?>>map(JavaClass::reflect).filter(type -> type.getEnumConstants() != null)
                .sorted(Comparator.comparing(Class::getSimpleName)).toList();
    }

    static List<ErrorCode> of(Class<?> type) {
        return Arrays.stream(type.getEnumConstants()).map(ErrorCode.class::cast).toList();
    }

    static Stream<ErrorCode> all() {
        return enums().stream().flatMap(type -> of(type).stream());
    }
}
