export { cases, mostFrequentLabel, read, type EngineCase, type Measurement } from './cases';
export { generate, SHAPES, type GeneratedFrame, type Shape, type ShapeName } from './generate';
export { measure, type Result } from './measure';
