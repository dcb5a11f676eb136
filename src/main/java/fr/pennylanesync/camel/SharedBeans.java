package fr.pennylanesync.camel;

import java.util.Map;
import java.util.Set;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.spi.Registry;

/** A view of another context's beans: closing the context that looks through it leaves them alone. */
record SharedBeans(Registry registry) implements BeanRepository {

    @Override
    public Object lookupByName(String name) {
        return registry.lookupByName(name);
    }

    @Override
    public <T> T lookupByNameAndType(String name, Class<T> type) {
        return registry.lookupByNameAndType(name, type);
    }

    @Override
    public <T> Map<String, T> findByTypeWithName(Class<T> type) {
        return registry.findByTypeWithName(type);
    }

    @Override
    public <T> Set<T> findByType(Class<T> type) {
        return registry.findByType(type);
    }
}
