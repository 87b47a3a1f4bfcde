// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.config.Configuration;
import io.callvault.error.ArchiveException;
import io.callvault.exchange.Variables;
import io.callvault.observe.Traces;
import io.opentelemetry.context.propagation.ContextPropagators;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import org.apache.camel.telemetry.Op;
import org.apache.camel.telemetry.Span;
import org.apache.camel.telemetry.SpanContextPropagationExtractor;
import org.apache.camel.telemetry.SpanContextPropagationInjector;
import org.apache.camel.telemetry.SpanLifecycleManager;

/** A span for every route that an exchange goes through and every endpoint that it is sent to. */
final class RouteTracer extends OpenTelemetryTracer {

    /** What a span tells of its exchange: ids, and words of ours. */
    private static final List<String> TOLD = List.of(
            Variables.CUSTOMER,
            Variables.PROVIDER,
            Variables.LANE,
            Variables.GROUP,
            Variables.FEED,
            Variables.ITEM,
            Variables.TARGET,
            Variables.OPERATION);

    private static final String PREFIX = "callvault.";

    private final Traces traces;

    /** Code of the failure with which a span is being ended. Begun and ended within one call. */
    private final ThreadLocal<String> code = new ThreadLocal<>();

    private RouteTracer(Traces traces) {
        this.traces = traces;
    }

    /** Before the context knows any route: each is watched from its making on. */
    static void join(CamelContext context, Configuration.Traces settings, String token) {
        Traces traces = new Traces(settings.endpoint(), settings.share(), token);
        context.getRegistry().bind("tracer", traces.tracer());
        // What they would propagate is headers, and a header goes to the provider.
        context.getRegistry().bind("tracePropagators", ContextPropagators.noop());
        new RouteTracer(traces).init(context);
    }

    @Override
    protected void initTracer() {
        super.initTracer();
        setSpanLifecycleManager(new Coded(getSpanLifecycleManager()));
    }

    @Override
    protected void beginEventSpan(Exchange exchange, Endpoint endpoint, Op op) throws Exception {
        super.beginEventSpan(exchange, endpoint, op);
        io.opentelemetry.api.trace.Span span = io.opentelemetry.api.trace.Span.current();
        span.updateName(name(exchange, endpoint));
        for (String each : TOLD) {
            String value = exchange.getVariable(each, String.class);
            if (value != null) {
                span.setAttribute(PREFIX + each, value);
            }
        }
    }

    /** Of an endpoint outside only its kind: the rest is an address. */
    private static String name(Exchange exchange, Endpoint endpoint) {
        if (endpoint == exchange.getFromEndpoint() && exchange.getFromRouteId() != null) {
            return exchange.getFromRouteId();
        }
        String[] parts = endpoint.getEndpointUri().split(":(//)?|\\?", 3);
        return parts[0].equals("direct") || parts[0].equals("kamelet") ? parts[1] : parts[0];
    }

    @Override
    protected void endEventSpan(Exchange exchange, Endpoint endpoint) throws Exception {
        ArchiveException failure = ArchiveException.in(exchange.getException());
        if (failure != null) {
            code.set(failure.code().name());
        }
        try {
            super.endEventSpan(exchange, endpoint);
        } finally {
            code.remove();
        }
    }

    @Override
    protected void doShutdown() {
        super.doShutdown();
        traces.close();
    }

    /** Notes the code before a span ends. */
    private final class Coded implements SpanLifecycleManager {

        private final SpanLifecycleManager spans;

        private Coded(SpanLifecycleManager spans) {
            this.spans = spans;
        }

        @Override
        public Span create(String name, Span parent, SpanContextPropagationExtractor extractor) {
            return spans.create(name, parent, extractor);
        }

        @Override
        public void activate(Span span) {
            spans.activate(span);
        }

        @Override
        public void deactivate(Span span) {
            if (code.get() != null) {
                span.setTag(PREFIX + "code", code.get());
            }
            spans.deactivate(span);
        }

        @Override
        public void close(Span span) {
            spans.close(span);
        }

        @Override
        public void inject(Span span, SpanContextPropagationInjector injector, boolean isShown) {
            spans.inject(span, injector, isShown);
        }
    }
}
