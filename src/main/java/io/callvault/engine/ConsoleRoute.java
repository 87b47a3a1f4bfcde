// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.console.Ask;
import io.callvault.console.Reply;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.apache.camel.spi.HeaderFilterStrategy;

/**
 * Hands requests to the console. Camel's message would mix headers with parameters of the same name, and so let a link
 * pretend to be a header: the request itself is read instead.
 */
final class ConsoleRoute extends RouteBuilder {

    private final Function<Ask, Reply> console;

    /** @param console answers from any number of threads */
    ConsoleRoute(Function<Ask, Reply> console) {
        this.console = console;
    }

    @Override
    public void configure() {
        from("platform-http:/?matchOnUriPrefix=true&muteException=true&headerFilterStrategy=#bean:consoleHeaders")
                .routeId("console")
                .routeDescription("Answers the browsers of those who use the console.")
                .process(exchange -> give(exchange, console.apply(ask(exchange))));
    }

    private static Ask ask(Exchange exchange) {
        HttpServerRequest request = exchange.getIn(HttpMessage.class).getRequest();
        Map<String, String> headers = first(request.headers(), true);
        if (request.authority() != null) {
            headers.putIfAbsent("host", request.authority().toString()); // HTTP/2 has it elsewhere
        }
        return Ask.of(
                request.method().name(),
                request.uri(),
                headers,
                first(request.formAttributes(), false),
                request.remoteAddress().hostAddress());
    }

    private static Map<String, String> first(MultiMap all, boolean isLowerCase) {
        Map<String, String> first = new LinkedHashMap<>();
        all.forEach((name, value) -> first.putIfAbsent(isLowerCase ? name.toLowerCase(Locale.ROOT) : name, value));
        return first;
    }

    private static void give(Exchange exchange, Reply reply) {
        Message answer = exchange.getMessage();
        answer.removeHeaders("*");
        reply.headers().forEach(answer::setHeader);
        answer.setHeader(Exchange.HTTP_RESPONSE_CODE, reply.status());
        answer.setBody(reply.stream() == null ? reply.body() : reply.stream());
    }

    /** Nothing comes in by Camel's headers, and out goes what the console says. */
    static final class Headers implements HeaderFilterStrategy {

        @Override
        public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
            return true;
        }

        @Override
        public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
            return name.startsWith("Camel");
        }
    }
}
