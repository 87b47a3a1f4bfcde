// SPDX-License-Identifier: Apache-2.0
package io.callvault.store;

import static io.callvault.exchange.Variables.CHECKSUM;
import static io.callvault.exchange.Variables.CONTENT_TYPE;
import static io.callvault.exchange.Variables.COUNT;
import static io.callvault.exchange.Variables.FOUND;
import static io.callvault.exchange.Variables.INTO;
import static io.callvault.exchange.Variables.IS_FOLLOWED;
import static io.callvault.exchange.Variables.LENGTH;
import static io.callvault.exchange.Variables.LIMIT;
import static io.callvault.exchange.Variables.LOCATION;
import static io.callvault.exchange.Variables.MAY_SHARE;
import static io.callvault.exchange.Variables.METADATA;
import static io.callvault.exchange.Variables.OFFSET;
import static io.callvault.exchange.Variables.OPERATION;
import static io.callvault.exchange.Variables.PATH;
import static io.callvault.exchange.Variables.SHA256;
import static io.callvault.exchange.Variables.TAGS;

import io.callvault.model.Receipt;
import java.io.File;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Service;

/**
 * The one step of a Kamelet whose work a {@link Store} does: reads the variables of the contract, calls the store,
 * answers with variables. A kind extends it with one setter for each property of its Kamelet, so that each instance of
 * the Kamelet has a step and a store of its own. A wrong property is refused by its setter, at start, and properties that
 * do not go together by {@link #check}; a target that is down is not, because the first call opens the store.
 */
public abstract class StoreStep implements Processor, Service {

    private final AtomicLong now = new AtomicLong(); // ms since 1970
    private Store store;

    /** @throws IllegalArgumentException saying what to set, when the properties do not go together; called at start */
    protected void check() {}

    /** Makes the store from the properties, without touching the target. Called once. */
    protected abstract Store open();

    /** The time, as good as a store needs it: when the newest exchange was made. */
    protected final InstantSource time() {
        return () -> Instant.ofEpochMilli(now.get());
    }

    private synchronized Store store() {
        if (store == null) {
            store = open();
        }
        return store;
    }

    @Override
    public final void start() {
        check();
    }

    /** Lets go of what the store holds; a call that comes later opens it again. */
    @Override
    public final synchronized void stop() {
        if (store != null) {
            store.close();
            store = null;
        }
    }

    @Override
    public final void process(Exchange exchange) {
        now.accumulateAndGet(exchange.getClock().getCreated(), Math::max);
        String operation = exchange.getVariable(OPERATION, String.class);
        String path = exchange.getVariable(PATH, String.class);
        switch (operation == null ? "" : operation) {
            case "put" -> put(exchange, path);
            case "stat" -> stat(exchange, path);
            case "get" -> get(exchange, path);
            case "list" -> list(exchange, path);
            default -> throw new IllegalArgumentException("no store has the operation \"" + operation + "\"");
        }
    }

    private void put(Exchange exchange, String path) {
        forget(exchange, LOCATION, CHECKSUM);
        Receipt receipt = store().put(new StorePut(
                        path,
                        file(exchange),
                        exchange.getVariable(LENGTH, Long.class),
                        exchange.getVariable(SHA256, String.class),
                        exchange.getVariable(CONTENT_TYPE, String.class),
                        Boolean.TRUE.equals(exchange.getVariable(MAY_SHARE, Boolean.class)),
                        Boolean.TRUE.equals(exchange.getVariable(IS_FOLLOWED, Boolean.class)),
                        texts(exchange, METADATA),
                        texts(exchange, TAGS)));
        exchange.setVariable(LOCATION, receipt.location());
        exchange.setVariable(CHECKSUM, receipt.checksum());
    }

    private void stat(Exchange exchange, String path) {
        forget(exchange, FOUND, LENGTH, CHECKSUM);
        Optional<StoredObject> object = store().stat(path);
        exchange.setVariable(FOUND, object.isPresent());
        object.ifPresent(found -> exchange.setVariable(LENGTH, found.length()));
        object.map(StoredObject::checksum).ifPresent(checksum -> exchange.setVariable(CHECKSUM, checksum));
    }

    private void get(Exchange exchange, String path) {
        Long offset = exchange.getVariable(OFFSET, Long.class);
        Long limit = exchange.getVariable(LIMIT, Long.class);
        Path into = exchange.getVariable(INTO, File.class).toPath();
        forget(exchange, LENGTH);
        long written = store().get(path, offset == null ? 0 : offset, limit == null ? -1 : limit, into);
        exchange.setVariable(LENGTH, written);
    }

    @SuppressWarnings("unchecked") // the contract's only type for this body
    private void list(Exchange exchange, String prefix) {
        forget(exchange, COUNT);
        if (!store().lists()) {
            return;
        }
        Consumer<StoredObject> each = exchange.getMessage().getBody(Consumer.class);
        AtomicLong count = new AtomicLong();
        store().list(prefix == null ? "" : prefix, object -> {
            count.incrementAndGet();
            each.accept(object);
        });
        exchange.setVariable(COUNT, count.get());
    }

    private static Path file(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof File file) {
            return file.toPath();
        }
        if (body instanceof Path file) {
            return file;
        }
        throw new IllegalArgumentException("a store takes a java.io.File as body, not "
                + (body == null ? "null" : body.getClass().getName()));
    }

    /** So that the answer of an earlier step is never taken for this one's. */
    private static void forget(Exchange exchange, String... variables) {
        for (String variable : variables) {
            exchange.removeVariable(variable);
        }
    }

    @SuppressWarnings("unchecked") // Camel's Map has no parameters; StorePut copies it and refuses null
    private static Map<String, String> texts(Exchange exchange, String variable) {
        return exchange.getVariable(variable, Map.class);
    }
}
