// SPDX-License-Identifier: Apache-2.0
package io.callvault.observe;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The way of traces to a collector, by OTLP over HTTP. Sent in batches, beside the work; when the collector takes nothing, or
 * less than comes, what is too much is dropped and nobody waits.
 */
public final class Traces implements AutoCloseable {

    /** Where a collector takes traces (OpenTelemetry, "OTLP specification", OTLP/HTTP request, read 2026-11). */
    private static final String PATH = "/v1/traces";

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Its own complaints, which would stand beside our log and tell what {@link PlainSpans} tells. Held, or it forgets. */
    private static final Logger ITS_OWN = Logger.getLogger("io.opentelemetry");

    private final SdkTracerProvider provider;

    /**
     * @param collector scheme, host and port
     * @param share how many of all traces are sent, in per cent, 1 to 100
     * @param token sent as {@code Authorization: Bearer}; null for none
     */
    public Traces(URI collector, int share, String token) {
        ITS_OWN.setLevel(Level.OFF);
        OtlpHttpSpanExporterBuilder exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(collector + PATH)
                .setConnectTimeout(PATIENCE)
                .setTimeout(PATIENCE)
                .setRetryPolicy(null);
        if (token != null) {
            exporter.addHeader("Authorization", "Bearer " + token);
        }
        PlainSpans spans = new PlainSpans(exporter.build(), collector.toString());
        this.provider = SdkTracerProvider.builder()
                .setResource(resource())
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(share / 100.0)))
                .addSpanProcessor(BatchSpanProcessor.builder(spans).build())
                .build();
    }

    private static Resource resource() {
        String version = Traces.class.getPackage().getImplementationVersion();
        return Resource.getDefault().toBuilder()
                .put("service.name", "callvault")
                .put("service.version", version == null ? "unknown" : version)
                .build();
    }

    public Tracer tracer() {
        return provider.get("io.callvault");
    }

    /** Sends what is left, for five seconds at most. */
    @Override
    public void close() {
        provider.shutdown().join(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
