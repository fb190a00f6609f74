/* Go asks Windows for randomness through ProcessPrng, which Wine 8 lacks. This hands the question to RtlGenRandom, which it has.
 * Compiled into a bcryptprimitives.dll for the check under Wine alone; Windows never sees it. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID, ULONG); /* RtlGenRandom */

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T size)
{
	return SystemFunction036(bytes, (ULONG)size);
}
