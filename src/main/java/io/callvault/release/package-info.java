// SPDX-License-Identifier: Apache-2.0
/**
 * Release at the source: what of an archive the provider may give up, and the order in which that is proved, written down,
 * asked and written down again. Decides by the ledger, the targets and two clocks; who asks a provider is a
 * {@link io.callvault.release.Hands}. Names no provider.
 *
 * <p>Its words: a <em>unit</em> is what goes together; a <em>copy</em> is an item at one target; a <em>rehearsal</em> decides
 * everything and asks nothing.
 */
package io.callvault.release;
