import { createContext, useContext, useEffect, useState } from 'react'
import type { Outlook } from '../../office/outlook.ts'
import { tongueOf, type Tongue } from './tongue.ts'

const UNTOLD = tongueOf(undefined)

export const TongueContext = createContext<Tongue>(UNTOLD)

/** For whatever writes a date or a number. */
export const useTongue = (): Tongue => useContext(TongueContext)

/** Outlook's, once it has told; the page's own direction follows, its words stay English. */
export function useHostTongue(outlook: Promise<Outlook>): Tongue {
  const [tongue, setTongue] = useState(UNTOLD)
  useEffect(() => {
    let isOver = false
    const show = ({ language }: Outlook) => {
      if (!isOver) setTongue(tongueOf(language))
    }
    outlook.then(show, () => {})
    return () => void (isOver = true)
  }, [outlook])
  useEffect(() => {
    document.documentElement.dir = tongue.dir
  }, [tongue.dir])
  return tongue
}
