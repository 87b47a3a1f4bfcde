// SPDX-License-Identifier: Apache-2.0
/**
 * The journal: append-only objects in each target that tell, without Callvault, what was seen and stored, chained by hash.
 * An object is fixed in the ledger before it is put, so that a repeat puts identical bytes.
 */
package io.callvault.journal;
