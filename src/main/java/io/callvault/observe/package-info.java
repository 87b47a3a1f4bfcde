// SPDX-License-Identifier: Apache-2.0
/**
 * What other programs see of a running Callvault: metrics in Prometheus' text format, and whether it lives and is ready.
 *
 * <p>A <em>view</em> is everything that is shown, as it was at a moment; who runs the program makes it. The room knows neither
 * Camel nor a web server: a <em>page</em> is asked for and answered as text.
 */
package io.callvault.observe;
