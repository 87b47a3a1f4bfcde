// SPDX-License-Identifier: Apache-2.0
/**
 * The one door to each API group of each lane. Every request passes it, repeats and token renewals included; it owns the
 * pace, obeys the provider's headers, and is silent in a penalty. Knows no provider: an answer's rate headers are handed
 * to it as a {@link io.callvault.gate.RateAnswer}.
 *
 * <p>A request's way: it waits ({@link io.callvault.gate.Gate#enter}), is let in, departs, and is answered. What is known of
 * the window is in four small parts: what we sent ({@code WindowLog}), when each of it was counted ({@code Lateness}), what
 * others use ({@code Others}, {@code Reserve}), and until when all is silent ({@code Closing}). Pace is kept by elapsed time
 * ({@link io.callvault.gate.Alarm#nanos}); a clock is asked only for what is told to people or to the next process. Whoever
 * keeps and tells it is a {@link io.callvault.gate.GateWatch}.
 */
package io.callvault.gate;
