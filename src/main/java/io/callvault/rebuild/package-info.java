// SPDX-License-Identifier: Apache-2.0
/**
 * A ledger made again from what lies in the targets: the journals are found and followed ({@code Chain}), and what they
 * tell is told to the ledger once more ({@code Replay}). What a journal cannot prove is not believed, and is named. Reads
 * from the targets only; knows a provider only to read its records.
 */
package io.callvault.rebuild;
