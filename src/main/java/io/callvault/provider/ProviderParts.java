// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider;

import io.callvault.gate.Gates;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What a provider is given to work with.
 *
 * @param clock the only source of time
 * @param gates where 429 answers shut what they concern
 * @param login sends a token request of a lane through the routes ({@code direct:<provider>-login}) and completes with its
 *     body, or with the failure
 * @param pause completes after a while, holding no thread, on one that may block
 */
public record ProviderParts(
        Clock clock,
        Gates gates,
        BiFunction<String, Lane, CompletionStage<byte[]>> login,
        Function<Duration, CompletionStage<Void>> pause) {}
