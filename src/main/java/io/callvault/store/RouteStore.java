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
import static io.callvault.exchange.Variables.TARGET;

import io.callvault.error.ArchiveException;
import io.callvault.error.ErrorCode;
import io.callvault.error.TryAgainException;
import io.callvault.model.Receipt;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/**
 * A target behind a route: calls {@code direct:store-<target>} as the contract of the package says, and believes no
 * answer that is missing.
 */
public final class RouteStore implements Store {

    private final ProducerTemplate producer;
    private final String target;
    private final String route;

    /** @param producer started; may be shared, also with other targets */
    public RouteStore(ProducerTemplate producer, String target) {
        this.producer = producer;
        this.target = target;
        this.route = "direct:store-" + target;
    }

    @Override
    public Receipt put(StorePut put) {
        require("put", put.path(), ObjectPath.problem(put.path()));
        Exchange answer = ask("put", put.path(), exchange -> {
            exchange.getMessage().setBody(put.file().toFile());
            exchange.setVariable(LENGTH, put.length());
            exchange.setVariable(SHA256, put.sha256());
            exchange.setVariable(CONTENT_TYPE, put.type());
            exchange.setVariable(MAY_SHARE, put.mayShare());
            exchange.setVariable(IS_FOLLOWED, put.isFollowed());
            exchange.setVariable(METADATA, put.metadata());
            exchange.setVariable(TAGS, put.tags());
        });
        return new Receipt(
                needed(answer, "put", LOCATION, String.class),
                put.length(),
                put.sha256(),
                needed(answer, "put", CHECKSUM, String.class));
    }

    @Override
    public Optional<StoredObject> stat(String path) {
        require("stat", path, ObjectPath.problem(path));
        Exchange answer = ask("stat", path, exchange -> {});
        if (!needed(answer, "stat", FOUND, Boolean.class)) {
            return Optional.empty();
        }
        return Optional.of(new StoredObject(
                path, needed(answer, "stat", LENGTH, Long.class), answer.getVariable(CHECKSUM, String.class)));
    }

    @Override
    public long get(String path, long offset, long length, Path into) {
        require("get", path, ObjectPath.problem(path));
        Exchange answer = ask("get", path, exchange -> {
            exchange.setVariable(OFFSET, offset);
            exchange.setVariable(LIMIT, length);
            exchange.setVariable(INTO, into.toFile());
        });
        return needed(answer, "get", LENGTH, Long.class);
    }

    /** Asks the target for the objects under a name that none has: an answer without a count says no. */
    @Override
    public boolean lists() {
        Exchange answer = ask("list", "callvault-no-such-object", exchange -> exchange.getMessage()
                .setBody((Consumer<StoredObject>) object -> {}));
        return answer.getVariable(COUNT) != null;
    }

    @Override
    public void list(String prefix, Consumer<StoredObject> each) {
        require("list", prefix, ObjectPath.prefixProblem(prefix));
        Exchange answer =
                ask("list", prefix, exchange -> exchange.getMessage().setBody(each));
        if (answer.getVariable(COUNT) == null) {
            throw new UnsupportedOperationException("target " + target + " cannot list its objects");
        }
    }

    private Exchange ask(String operation, String path, Consumer<Exchange> given) {
        Exchange answer = producer.send(route, exchange -> {
            exchange.setVariable(OPERATION, operation);
            exchange.setVariable(TARGET, target);
            exchange.setVariable(PATH, path);
            given.accept(exchange);
        });
        Exception failure = answer.getException();
        if (failure == null) {
            return answer;
        }
        ArchiveException ours = ArchiveException.in(failure);
        if (ours != null) {
            throw ours;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UncheckedIOException disk) {
                throw disk; // of get: the caller's disk
            }
        }
        throw new TryAgainException(
                ErrorCode.STORE_UNREACHABLE,
                "Tried to " + operation + " " + path + " on target " + target + " but its route failed: " + failure
                        + ". It is tried again; if it stays so, mend the target's route.",
                failure);
    }

    private void require(String operation, String path, String problem) {
        ObjectPath.require(operation + " an object on target " + target, path, problem);
    }

    private <T> T needed(Exchange answer, String operation, String variable, Class<T> type) {
        T value = answer.getVariable(variable, type);
        if (value == null) {
            throw new TryAgainException(
                    ErrorCode.STORE_NOT_PROVED,
                    "Tried to " + operation + " an object on target " + target + " but its route did not set the variable "
                            + variable + ": mend the target's Kamelet, which must set it.");
        }
        return value;
    }
}
