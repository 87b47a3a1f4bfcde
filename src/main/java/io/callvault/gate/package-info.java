// SPDX-License-Identifier: Apache-2.0
/**
 * The one door to each API group of each lane. Every request passes it, repeats and token renewals included; it owns the
 * pace, obeys the provider's headers, and is silent in a penalty. Knows no provider: an answer's rate headers are handed
 * to it as a {@link io.callvault.gate.RateAnswer}.
 */
package io.callvault.gate;
