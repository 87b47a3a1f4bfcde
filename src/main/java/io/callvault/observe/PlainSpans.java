// SPDX-License-Identifier: Apache-2.0
package io.callvault.observe;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets out of a span only what is known to be harmless. Camel notes addresses, their queries, the text of errors and whatever a
 * route logs; a caller's name or number, or the key of a signed address, may stand in each of them.
 */
final class PlainSpans implements SpanExporter {

    private static final Logger LOG = LoggerFactory.getLogger(PlainSpans.class);

    /** What our own attributes begin with: ids and codes. */
    private static final String OURS = "callvault.";

    private static final Set<String> HARMLESS =
            Set.of("component", "error", "exchangeId", "http.method", "http.status_code", "op");

    private final SpanExporter exporter;
    private final String collector;
    private final AtomicBoolean isRefused = new AtomicBoolean();

    /** @param collector for the log */
    PlainSpans(SpanExporter exporter, String collector) {
        this.exporter = exporter;
        this.collector = collector;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        List<SpanData> plain = spans.stream().<SpanData>map(Plain::new).toList();
        CompletableResultCode result = exporter.export(plain);
        return result.whenComplete(() -> tell(result));
    }

    /** Once when it begins to fail and once when it is over. */
    private void tell(CompletableResultCode result) {
        if (isRefused.compareAndSet(result.isSuccess(), !result.isSuccess())) {
            if (result.isSuccess()) {
                LOG.info("Traces go to {} again", collector);
            } else {
                LOG.warn(
                        "Tried to send traces to {} but it failed: {}. They are lost until it takes them; the archive goes on."
                                + " Look at callvault.traces.endpoint",
                        collector,
                        said(result.getFailureThrowable()));
            }
        }
    }

    private static String said(Throwable failure) {
        return failure == null ? "no answer in time" : failure.getMessage();
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }

    private static final class Plain extends DelegatingSpanData {

        private final Attributes attributes;

        private Plain(SpanData span) {
            super(span);
            this.attributes = span.getAttributes().toBuilder()
                    .removeIf(key -> !key.getKey().startsWith(OURS) && !HARMLESS.contains(key.getKey()))
                    .build();
        }

        @Override
        public Attributes getAttributes() {
            return attributes;
        }

        @Override
        public int getTotalAttributeCount() {
            return attributes.size();
        }

        @Override
        public List<EventData> getEvents() {
            return List.of();
        }

        @Override
        public int getTotalRecordedEvents() {
            return 0;
        }

        @Override
        public StatusData getStatus() {
            return StatusData.create(super.getStatus().getStatusCode(), "");
        }
    }
}
