// SPDX-License-Identifier: Apache-2.0
/**
 * A RingCentral look-alike on loopback, with a made-up company behind it: for the demonstration, tests and benchmarks.
 *
 * <p>It answers as the provider's public documents say it answers: tokens, paging, rate groups with a penalty, media with
 * ranges. Its words: a <em>world</em> is the company's data, made from a seed and an instant; the <em>truth</em> is what
 * of it should end in an archive; a <em>fault</em> is one way of going wrong, switched on by a test; a <em>budget</em> is
 * what one user may still ask in one rate group.
 *
 * <p>It knows nothing else of this program, and of the program only the demonstration and the tests know it. Nothing here
 * is fit to hold real data: it listens on 127.0.0.1 and its secrets are in the source.
 */
package io.callvault.sandbox;
